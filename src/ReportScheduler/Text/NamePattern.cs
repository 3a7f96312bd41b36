using System.Text;
using System.Text.RegularExpressions;

namespace ReportScheduler.Text;

/// <summary>Names with PowerShell's wildcards: * for any text, ? for one character, [a-c] for one of several.</summary>
internal static class NamePattern
{
    /// <summary>Whether a text stands for several names. No name has a wildcard in it.</summary>
    public static bool IsPattern(string text) => text.IndexOfAny(['*', '?', '[']) >= 0;

    /// <summary>Whether a name is the text, or one of those that it stands for; without regard to case.</summary>
    public static bool Matches(string pattern, string name) =>
        IsPattern(pattern) ? Regex.IsMatch(name, Expression(pattern),
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking)
            : pattern.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Expression(string pattern)
    {
        var expression = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            var end = pattern[i] == '[' ? pattern.IndexOf(']', i + 1) : -1;
            if (end > i + 1)
            {
                expression.Append('[').Append(pattern[(i + 1)..end].Replace(@"\", @"\\", StringComparison.Ordinal)
                    .Replace("^", @"\^", StringComparison.Ordinal)).Append(']');
                i = end;
                continue;
            }

            expression.Append(pattern[i] switch { '*' => ".*", '?' => ".", var letter => Regex.Escape(letter.ToString()) });
        }

        return expression.Append(@"\z").ToString();
    }
}
