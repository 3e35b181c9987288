package dev.holdfast.runtime.loop;

import dev.holdfast.port.Cluster;
import dev.holdfast.port.GitHost;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.git.CredentialLookup;
import dev.holdfast.runtime.render.Renderer;

/// Everything that the loop needs from outside.
public record Ports(Tasks tasks, Cluster cluster, GitHost git, Renderer renderer, CredentialLookup credentials) {}
