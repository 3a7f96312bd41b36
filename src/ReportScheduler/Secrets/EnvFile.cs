using System.Text.RegularExpressions;

namespace ReportScheduler.Secrets;

/// <summary>A .env file as python-dotenv reads it (https://github.com/theskumar/python-dotenv): what it cannot read is one statement, not the file.</summary>
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

            text = File.ReadAllText(path);
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
        var (entries, skipped, at, line) = (new List<KeyValuePair<string, string>>(), new List<int>(), 0, 1);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        while (at < text.Length)
        {
            var match = Statement().Match(text, at);
            var isWhole = match.Success;
            match = isWhole ? match : Rest().Match(text, at);
            if (!isWhole)
            {
                skipped.Add(line + Leading().Match(text, at).Value.Count(letter => letter == '\n'));
            }
            else if (match.Groups["value"] is { Success: true } value)
            {
                var name = match.Groups["name"].Value;
                known[name] = Filled(Unquoted(value.Value), known);
                entries.Add(KeyValuePair.Create(name, known[name]));
            }

            line += match.Value.Count(letter => letter == '\n');
            at = match.Index + Math.Max(1, match.Length);
        }

        return new EnvFile(entries, skipped);
    }

    private static string Unquoted(string value) => value.Length < 2 ? value : value[0] switch
    {
        '\'' => SingleEscape().Replace(value[1..^1], "$1"),
        '"' => DoubleEscape().Replace(value[1..^1], escape => escape.Value[1] switch
        {
            'a' => "\a",
            'b' => "\b",
            'f' => "\f",
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            'v' => "\v",
            var other => other.ToString(),
        }),
        _ => value,
    };

    /// <summary>Fills in ${NAME} and ${NAME:-default}: the environment's value wins over one of the file, as it does where the file is used.</summary>
    private static string Filled(string value, Dictionary<string, string> known) => Variable().Replace(value, match =>
        Environment.GetEnvironmentVariable(match.Groups["name"].Value) ?? known.GetValueOrDefault(match.Groups["name"].Value)
        ?? (match.Groups["default"].Success ? match.Groups["default"].Value : ""));

    // a value in quotes may go on over lines; without quotes a comment begins with a # after white space
    [GeneratedRegex("""
        \G\s*(?:
          (?:export[^\S\r\n]+)?
          (?:'(?<name>[^'\r\n]+)'|(?<name>[^=\#\s'"][^=\#\s]*))[^\S\r\n]*
          (?:=[^\S\r\n]*(?<value>'(?:\\'|[^'])*'|"(?:\\"|[^"])*"|(?!['"])(?:(?![^\S\r\n]+\#)[^\r\n])*?(?=[^\S\r\n]*(?:$|[\r\n]|[^\S\r\n]\#))))?
        )?
        [^\S\r\n]*(?:\#[^\r\n]*)?(?:\r\n|\n|\r|\z)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\G\s*[^\r\n]*(?:\r\n|\n|\r|\z)")]
    private static partial Regex Rest();

    [GeneratedRegex(@"\G\s*")]
    private static partial Regex Leading();

    [GeneratedRegex(@"\\([\\'])")]
    private static partial Regex SingleEscape();

    [GeneratedRegex("""\\[\\'"abfnrtv]""")]
    private static partial Regex DoubleEscape();

    [GeneratedRegex(@"\$\{(?<name>[^\}:]*)(?::-(?<default>[^\}]*))?\}")]
    private static partial Regex Variable();
}
