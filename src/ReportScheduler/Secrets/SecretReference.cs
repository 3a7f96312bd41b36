using System.Text.RegularExpressions;

namespace ReportScheduler.Secrets;

/// <summary>Text that stands for a secret until a task runs: <c>env:NAME</c>,
/// <c>file:PATH</c>, <c>vault:VAULT/NAME</c>, <c>vault:NAME</c> of any vault.</summary>
internal static partial class SecretReference
{
    private const string Variable = "env:";
    private const string File = "file:";
    private const string Vault = "vault:";

    /// <summary>Whether a text stands for a whole connection string. A file does
    /// not: SQLite has names of databases that begin so.</summary>
    public static bool IsReference(string text) =>
        IsVariable(text) || (IsOfVault(text) && VaultParts(text).All(part => !string.IsNullOrWhiteSpace(part)));

    /// <summary>Whether a text begins like one for a vault, whatever stands behind that.</summary>
    public static bool IsOfVault(string text) => text.StartsWith(Vault, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text stands for a password, a secret or a key.</summary>
    public static bool IsSecret(string text) => IsReference(text) || IsFile(text);

    /// <summary>Whether it is the name of a variable of the environment.</summary>
    public static bool IsVariable(string text) => Reference().IsMatch(text);

    /// <summary>Whether it is the path of a file.</summary>
    public static bool IsFile(string text) => text.StartsWith(File, StringComparison.OrdinalIgnoreCase) && text.Length > File.Length;

    /// <summary>The name of the environment variable of a reference.</summary>
    public static string VariableOf(string reference) => reference[Variable.Length..];

    /// <summary>The path of the file of a reference.</summary>
    public static string PathOf(string reference) => reference[File.Length..];

    /// <summary>A reference with a full path in place of a relative one; a name
    /// without a folder is a credential of systemd and stays.</summary>
    public static string WithFullPath(string reference, Func<string, string> fullPath) =>
        IsFile(reference) && PathOf(reference) is var path && Path.GetFileName(path) != path ? File + fullPath(path) : reference;

    /// <summary>The value behind a reference: of a variable the environment's, else
    /// the .env file's. The environment is not changed.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="envFile">A .env file; null for none.</param>
    /// <param name="vault">The vaults of the account; null where there are none.</param>
    /// <exception cref="ReportException">Nothing has it, or what has it cannot be read.</exception>
    public static string Resolve(string reference, string? envFile, IVault? vault)
    {
        if (IsFile(reference))
        {
            return SecretFile.Read(reference, PathOf(reference));
        }

        return !IsOfVault(reference) ? OfVariable(reference, envFile)
            : VaultParts(reference) is [var name, var secret]
            ? (vault ?? throw SecretErrors.VaultModuleMissing(reference)).Read(name, secret, reference)
            : (vault ?? throw SecretErrors.VaultModuleMissing(reference)).Read(null, reference[Vault.Length..], reference);
    }

    /// <summary>The entries of a .env file, in order. A name may come twice; the last one counts.</summary>
    /// <exception cref="ReportException">It is not there, may not be read, or is not a .env file.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string path) => EnvFile.Read(path).Entries;

    /// <summary>Vault and secret, or the secret alone, which SecretManagement looks
    /// for in its default vault and then in the others.</summary>
    private static string[] VaultParts(string reference) => reference[Vault.Length..].Split('/', 2);

    private static string OfVariable(string reference, string? envFile)
    {
        var name = VariableOf(reference);
        if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
        {
            return value;
        }

        if (envFile is null)
        {
            throw SecretErrors.ReferenceNotSet(reference);
        }

        var file = EnvFile.Read(envFile);
        return file.Entries.LastOrDefault(pair => pair.Key == name).Value
            ?? throw SecretErrors.ReferenceNotSet(reference, envFile, file.Skipped);
    }

    [GeneratedRegex("^env:[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();
}
