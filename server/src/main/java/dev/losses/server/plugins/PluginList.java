package dev.losses.server.plugins;

import java.util.List;

/** The answer to who asks for the plugins. */
record PluginList(List<PluginStatus> plugins) {}
