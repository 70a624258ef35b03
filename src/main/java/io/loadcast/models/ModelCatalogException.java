package io.loadcast.models;

/** The catalogue of models cannot be read or changed as asked; the message says why, and what to do. */
public final class ModelCatalogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ModelCatalogException(String message) {
        super(message);
    }

    public ModelCatalogException(String message, Throwable cause) {
        super(message, cause);
    }
}
