/** The OpenAPI document, with an operation for each loss. */
@NullMarked
package dev.losses.server.docs;

import org.jspecify.annotations.NullMarked;
