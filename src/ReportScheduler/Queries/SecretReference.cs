namespace ReportScheduler.Queries;

/// <summary>Text of the form <c>env:NAME</c> that stands for a secret until a task runs.</summary>
internal static class SecretReference
{
    private const string Prefix = "env:";

    public static bool IsReference(string text) => text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && text.Length > Prefix.Length;

    /// <summary>The value behind a reference: the environment's, else the .env file's.</summary>
    /// <exception cref="ReportException">Neither has it, or the file cannot be read.</exception>
    public static string Resolve(string reference, string? envFile)
    {
        var name = reference[Prefix.Length..];
        if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
        {
            return value;
        }

        return (envFile is null ? null : Read(envFile).LastOrDefault(pair => pair.Key == name).Value)
            ?? throw ReportError.ReferenceNotSet(reference);
    }

    private static List<KeyValuePair<string, string>> Read(string path)
    {
        try
        {
            return DotNetEnv.Env.LoadContents(File.ReadAllText(path), new DotNetEnv.LoadOptions(setEnvVars: false, clobberExistingVars: false)).ToList();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or Sprache.ParseException)
        {
            throw ReportError.EnvFileNotReadable(path, problem);
        }
    }
}
