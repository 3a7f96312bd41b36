using System.Text.RegularExpressions;

namespace ReportScheduler.Queries;

/// <summary>Finds the parameters that a SQL text mentions. It changes nothing: the text reaches the server as it is.</summary>
internal static partial class SqlParameterNames
{
    /// <summary>Names after @ that the text does not declare itself, without strings, comments and quoted names.</summary>
    /// <remarks>A variable of the text's own (DECLARE, SET, := or OUTPUT) is no parameter.</remarks>
    public static IReadOnlyCollection<string> Needed(string sql)
    {
        var plain = Aside().Replace(sql, " ");
        var names = new HashSet<string>(AtName().Matches(plain).Select(match => match.Groups["name"].Value), StringComparer.OrdinalIgnoreCase);
        names.ExceptWith(Declared().Matches(plain).Select(match => match.Groups["name"].Value));
        foreach (Match list in DeclareList().Matches(plain))
        {
            names.ExceptWith(AtName().Matches(list.Value).Select(match => match.Groups["name"].Value));
        }

        return names;
    }

    /// <summary>Whether the text mentions the parameter as @name or :name.</summary>
    public static bool Mentions(string sql, string name) => Spellings(sql, name).Any();

    /// <summary>The parameter as the text spells it, each way once.</summary>
    public static IEnumerable<string> Spellings(string sql, string name) =>
        AnyName().Matches(Aside().Replace(sql, " ")).Select(match => match.Groups["name"].Value)
            .Where(mentioned => name.Equals(mentioned, StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal);

    // strings, with doubled and backslashed quotes; dollar-quoted strings; quoted names; comments
    [GeneratedRegex("""'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]@:]*\]|--[^\n]*|/\*.*?\*/|\$(?<tag>\w*)\$.*?\$\k<tag>\$""", RegexOptions.Singleline)]
    private static partial Regex Aside();

    // not @@version, not the operators <@ @> @@ @?
    [GeneratedRegex(@"(?<![@\w<>!#~?|&])@(?<name>[A-Za-z_]\w*)")]
    private static partial Regex AtName();

    [GeneratedRegex(@"(?<![@:\w<>!#~?|&])[@:](?<name>[A-Za-z_]\w*)")]
    private static partial Regex AnyName();

    [GeneratedRegex(@"@(?<name>[A-Za-z_]\w*)\s*:=|\bSET\s+@(?<name>[A-Za-z_]\w*)\s*[=.+*/-]", RegexOptions.IgnoreCase)]
    private static partial Regex Declared();

    // DECLARE @a int = 1, @b date: up to the next statement or line that cannot go on with a comma
    [GeneratedRegex(@"\bDECLARE\s+@\w+[^;]*?(?=;|\b(?:SELECT|INSERT|UPDATE|DELETE|WITH|EXEC|EXECUTE|SET|IF|WHILE|DECLARE|MERGE)\b|$)", RegexOptions.IgnoreCase)]
    private static partial Regex DeclareList();
}
