package dev.holdfast.runtime.git;

import dev.holdfast.model.Mapping;
import dev.holdfast.port.GitHost;
import java.util.List;
import java.util.Optional;

/// Chooses the credential that an App's namespace has for a repository, among labelled Secrets. Given by whoever
/// puts the program together.
@FunctionalInterface
public interface CredentialLookup {

    /// @throws dev.holdfast.model.FaultException where the Secret that is meant can't be read
    Optional<GitHost.Credential> find(List<Mapping> secrets, String url, String namespace);
}
