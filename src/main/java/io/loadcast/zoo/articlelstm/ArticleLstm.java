package io.loadcast.zoo.articlelstm;

import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.article.ArticleArchitecture;
import io.loadcast.zoo.logratio.RecurrentCell;

/**
 * The architecture {@code article-lstm}: the article's network with LSTM cells; formulas at {@link ArticleArchitecture}, those and the
 * papers of the cell at {@link RecurrentCell}.
 */
public final class ArticleLstm extends ArticleArchitecture {

    /** @param chosen size of a state, layers, and dropout between them */
    public ArticleLstm(Sizes chosen) {
        super(RecurrentCell.LSTM, chosen);
    }
}
