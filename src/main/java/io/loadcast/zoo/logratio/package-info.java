/**
 * What the architectures that forecast log-ratios share: scaling, features of each hour, the linear short cut, and quantiles that
 * cannot cross. One of them says only how the features of the hours become one vector per anchor, in both halves.
 */
@NullMarked
package io.loadcast.zoo.logratio;

import org.jspecify.annotations.NullMarked;
