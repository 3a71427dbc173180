package dev.losses.server.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the handlers that are called most: a request is compared with their paths before it is with all others. So no
 * other handler of the same method may have a path that is more specific than theirs.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Frequent {}
