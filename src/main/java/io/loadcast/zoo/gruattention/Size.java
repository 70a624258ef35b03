package io.loadcast.zoo.gruattention;

/**
 * How large a network of this architecture is.
 *
 * @param filters of the convolution
 * @param kernel hours that the convolution spans
 * @param hidden state of the GRU
 */
record Size(int filters, int kernel, int hidden) {
    static final Size STANDARD = new Size(32, 5, 64);
}
