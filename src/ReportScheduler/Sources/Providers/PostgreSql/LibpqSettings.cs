using System.Text.RegularExpressions;

namespace ReportScheduler.Sources.Providers.PostgreSql;

/// <summary>A connection string of PostgreSQL's own programs: keywords and values with white
/// space between them, as <c>host=db dbname=shop user=ann</c>.</summary>
/// <remarks>https://www.postgresql.org/docs/current/libpq-connect.html: a value with
/// spaces stands in single quotes, in which a backslash escapes.</remarks>
internal static partial class LibpqSettings
{
    /// <summary>A keyword that no other form of a connection string has.</summary>
    private const string Database = "dbname";

    /// <summary>The keywords and values in order; null for a text of another form.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">The keywords that there are.</param>
    public static IReadOnlyList<(string Key, string Value)>? TryParse(string text, UrlOptions options)
    {
        if (!Whole().IsMatch(text))
        {
            return null;
        }

        var settings = Setting().Matches(text).Select(match => (match.Groups["key"].Value, Plain(match.Groups["value"].Value))).ToList();
        var isMeant = settings.Count > 1 || settings.Exists(setting => setting.Item1.Equals(Database, StringComparison.OrdinalIgnoreCase));
        return isMeant && settings.TrueForAll(setting => options.IsKnown(setting.Item1)) ? settings : null;
    }

    private static string Plain(string value) => Escape().Replace(value.StartsWith('\'') ? value[1..^1] : value, "$1");

    [GeneratedRegex(@"^\s*(?>[a-z_]+\s*=\s*(?:'(?:\\.|[^'\\])*'|(?:\\.|[^\s'\\;])*)(?:\s+|$))+$", RegexOptions.IgnoreCase)]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<key>[a-z_]+)\s*=\s*(?<value>'(?:\\.|[^'\\])*'|(?:\\.|[^\s'\\;])*)", RegexOptions.IgnoreCase)]
    private static partial Regex Setting();

    [GeneratedRegex(@"\\(.)", RegexOptions.Singleline)]
    private static partial Regex Escape();
}
