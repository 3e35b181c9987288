package dev.holdfast.runtime.git;

import dev.holdfast.port.GitHost;

/// A ref of a repository that somebody follows; the empty ref means HEAD.
public record Wanted(GitHost.Remote remote, String ref) {}
