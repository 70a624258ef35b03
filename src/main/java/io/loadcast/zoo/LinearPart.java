package io.loadcast.zoo;

/** A {@link Network} with a linear part, which a fit in closed form gives it before descent moves anything. */
public interface LinearPart {

    /** How many lags it takes. */
    int linearLags();

    /** Replaces its coefficients. */
    void setLinear(LinearForecast linear);
}
