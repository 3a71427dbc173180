/** Networks trained with losses by name, from a plugin's jar and as records; each main class is an example. */
@NullMarked
package com.example.training;

import org.jspecify.annotations.NullMarked;
