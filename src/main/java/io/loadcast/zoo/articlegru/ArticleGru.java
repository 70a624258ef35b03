package io.loadcast.zoo.articlegru;

import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.article.ArticleArchitecture;
import io.loadcast.zoo.logratio.RecurrentCell;

/**
 * The architecture {@code article-gru}: the article's network with GRU cells; formulas at {@link ArticleArchitecture}, those and the
 * papers of the cell at {@link RecurrentCell}.
 */
public final class ArticleGru extends ArticleArchitecture {

    /** @param chosen size of a state, layers, and dropout between them */
    public ArticleGru(Sizes chosen) {
        super(RecurrentCell.GRU, chosen);
    }
}
