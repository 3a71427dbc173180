/** What a caller is told when something is wrong: problem documents as of RFC 9457, and nothing about the insides. */
@NullMarked
package dev.losses.server.problem;

import org.jspecify.annotations.NullMarked;
