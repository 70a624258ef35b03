package io.loadcast.alerting;

/** What a rule finds in one event. */
enum Judgement {
    /** Nothing can be said; as if the event had not been. */
    UNKNOWN,
    /** All is well: so many of them in a row clear the alert. */
    CALM,
    /** Neither well nor bad enough: what keeps an alert from flapping. */
    BETWEEN,
    /** So many of them in a row raise the alert. */
    ALARMING,
    /** One raises the alert. */
    ALARMING_AT_ONCE,
    /** The rule is switched off: an alert that it has raised is cleared. */
    OFF
}
