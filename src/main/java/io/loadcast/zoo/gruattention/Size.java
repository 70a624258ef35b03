package io.loadcast.zoo.gruattention;

/**
 * How large a network of this architecture is.
 *
 * @param filters of the convolution
 * @param kernel hours that the convolution spans
 * @param hidden state of the GRU
 * @param layers of the GRU
 */
record Size(int filters, int kernel, int hidden, int layers) {}
