package dev.losses.server.http;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the server takes in.
 *
 * @param maxBodySize the largest body that is read; a larger one is answered with 413
 */
@ConfigurationProperties("losses.http")
public record HttpProperties(@DefaultValue("64MB") DataSize maxBodySize) {}
