package dev.losses.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of a loss, snake_case, and other names it is found by. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE})
public @interface LossName {
  /** The canonical name. */
  String value();

  /** Other names. */
  String[] aliases() default {};
}
