using System.Text.RegularExpressions;

namespace ReportScheduler.Secrets;

/// <summary>Text of the form <c>env:NAME</c> that stands for a secret until a task runs.</summary>
internal static partial class SecretReference
{
    private const string Prefix = "env:";

    public static bool IsReference(string text) => Reference().IsMatch(text);

    /// <summary>The name of the environment variable of a reference.</summary>
    public static string VariableOf(string reference) => reference[Prefix.Length..];

    /// <summary>The value behind a reference: the environment's, else the .env file's. The environment is not changed.</summary>
    /// <exception cref="ReportException">Neither has it, or the file cannot be read.</exception>
    public static string Resolve(string reference, string? envFile)
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
        return file.Entries.LastOrDefault(pair => pair.Key == name).Value ?? throw SecretErrors.ReferenceNotSet(reference, envFile, file.Skipped);
    }

    /// <summary>A secret as a definition has it: behind its reference, else kept in the store; null for none.</summary>
    /// <exception cref="ReportException">The reference has no value, or what is kept cannot be read.</exception>
    public static string? ValueOf(string? reference, string? envFile, string? kept, ISecretProtector protector) =>
        reference is not null ? Resolve(reference, envFile) : kept is not null ? protector.Unprotect(kept) : null;

    /// <summary>The entries of a .env file, in order. A name may come twice; the last one counts.</summary>
    /// <exception cref="ReportException">It is not there, may not be read, or is not a .env file.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string path) => EnvFile.Read(path).Entries;

    [GeneratedRegex("^env:[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();
}
