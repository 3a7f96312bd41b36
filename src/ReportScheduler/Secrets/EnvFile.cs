using System.Text.RegularExpressions;

namespace ReportScheduler.Secrets;

/// <summary>A .env file as python-dotenv reads it
/// (https://github.com/theskumar/python-dotenv): what it cannot read is one statement, not the file.</summary>
/// <param name="Entries">The names and values in order; a name may come twice, and the last one counts.</param>
/// <param name="Skipped">The lines, from 1, whose statements could not be read.</param>
internal sealed partial record EnvFile(IReadOnlyList<KeyValuePair<string, string>> Entries, IReadOnlyList<int> Skipped)
{
    /// <summary>A file of settings is not longer.</summary>
    private const int Longest = 256 * 1024;

    /// <exception cref="ReportException">It is not there, may not be read, or has no NAME=value in it.</exception>
    public static EnvFile Read(string path)
    {
        string text;
        try
        {
            if (new FileInfo(path).Length > Longest)
            {
                throw SecretErrors.EnvFileNotUsable(path, 1);
            }

            // Python reads every kind of line end as a line feed
            text = File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw SecretErrors.EnvFileNotReadable(path, problem);
        }

        var file = Parse(text);
        return file.Entries.Count == 0 && file.Skipped.Count > 0 ? throw SecretErrors.EnvFileNotUsable(path, file.Skipped[0]) : file;
    }

    public static EnvFile Parse(string text)
    {
        var (entries, skipped) = (new List<KeyValuePair<string, string>>(), new List<int>());
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var scanner = new EnvScanner(text);
        while (scanner.Next() is { } statement)
        {
            if (!statement.IsReadable)
            {
                skipped.Add(statement.Line);
            }
            else if (statement is { Name: { } alone, Value: null })
            {
                // a name without a value has none, whatever stood before
                known.Remove(alone);
                entries.RemoveAll(entry => entry.Key == alone);
            }
            else if (statement is { Name: { } name, Value: { } value })
            {
                known[name] = Filled(value, known);
                entries.Add(KeyValuePair.Create(name, known[name]));
            }
        }

        return new EnvFile(entries, skipped);
    }

    /// <summary>Fills in ${NAME} and ${NAME:-default}: the environment's value wins over
    /// one of the file, as it does where the file is used.</summary>
    private static string Filled(string value, Dictionary<string, string> known) => Variable().Replace(value, match =>
        Environment.GetEnvironmentVariable(match.Groups["name"].Value) ?? known.GetValueOrDefault(match.Groups["name"].Value)
        ?? (match.Groups["default"].Success ? match.Groups["default"].Value : ""));

    [GeneratedRegex(@"\$\{(?<name>[^\}:]*)(?::-(?<default>[^\}]*))?\}")]
    private static partial Regex Variable();
}
