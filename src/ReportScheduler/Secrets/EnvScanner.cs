using System.Text.RegularExpressions;

namespace ReportScheduler.Secrets;

/// <summary>Reads the statements of a .env file one after the other, each part where python-dotenv's parser reads it.</summary>
/// <remarks>
/// https://github.com/theskumar/python-dotenv/blob/main/src/dotenv/parser.py: where a part is missing, the rest of that line is left out,
/// and the next statement begins behind it. A value in quotes may go on over lines.
/// </remarks>
/// <param name="text">The file.</param>
internal sealed partial class EnvScanner(string text)
{
    private int at;
    private int line = 1;

    /// <summary>The next statement, also one that cannot be read; null at the end.</summary>
    public EnvStatement? Next()
    {
        if (at == text.Length)
        {
            return null;
        }

        Take(WhiteSpace());
        var begins = line;
        if (at == text.Length)
        {
            return new EnvStatement(begins, true, null, null);
        }

        Take(Export());
        string? name = null;
        string? value = null;
        var isReadable = Peek == '#' || (name = Take(Peek == '\'' ? QuotedName() : Name())) is not null;
        if (isReadable)
        {
            Take(Blanks());
            isReadable = Peek != '=' || (Take(EqualSign()) is not null && (value = Value()) is not null);
        }

        if (isReadable)
        {
            Take(Comment());
            isReadable = Take(EndOfLine()) is not null;
        }

        if (!isReadable)
        {
            Take(RestOfLine());
        }

        return new EnvStatement(begins, isReadable, name, value);
    }

    private char? Peek => at < text.Length ? text[at] : null;

    /// <summary>Null for quotes that are not closed.</summary>
    private string? Value() => Peek switch
    {
        '\'' => Take(SingleQuoted()) is { } value ? SingleEscape().Replace(value, "$1") : null,
        '"' => Take(DoubleQuoted()) is { } value ? DoubleEscape().Replace(value, escape => Meant(escape.Value[1])) : null,
        _ => UnquotedComment().Replace(Take(RestOfValue())!, "").TrimEnd(),
    };

    private static string Meant(char escaped) => escaped switch
    {
        'a' => "\a",
        'b' => "\b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'v' => "\v",
        _ => escaped.ToString(),
    };

    /// <summary>Goes on behind a part; its first group, or all of it. Null where it is not there.</summary>
    private string? Take(Regex part)
    {
        var match = part.Match(text, at);
        if (!match.Success)
        {
            return null;
        }

        line += LineEnd().Count(match.Value);
        at += match.Length;
        return match.Groups.Count > 1 ? match.Groups[1].Value : match.Value;
    }

    [GeneratedRegex(@"\G\s*")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"\G(?>(?:export[^\S\r\n]+)?)")]
    private static partial Regex Export();

    [GeneratedRegex(@"\G'([^']+)'")]
    private static partial Regex QuotedName();

    [GeneratedRegex(@"\G([^=#\s]+)")]
    private static partial Regex Name();

    [GeneratedRegex(@"\G[^\S\r\n]*")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\G=[^\S\r\n]*")]
    private static partial Regex EqualSign();

    [GeneratedRegex(@"\G'((?:\\'|[^'])*)'")]
    private static partial Regex SingleQuoted();

    [GeneratedRegex("\\G\"((?:\\\\\"|[^\"])*)\"")]
    private static partial Regex DoubleQuoted();

    [GeneratedRegex(@"\G[^\r\n]*")]
    private static partial Regex RestOfValue();

    [GeneratedRegex(@"\s+#.*")]
    private static partial Regex UnquotedComment();

    [GeneratedRegex(@"\G(?:[^\S\r\n]*#[^\r\n]*)?")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\G[^\S\r\n]*(?:\r\n|\n|\r|\z)")]
    private static partial Regex EndOfLine();

    [GeneratedRegex(@"\G[^\r\n]*(?:\r\n|\n|\r|\z)")]
    private static partial Regex RestOfLine();

    [GeneratedRegex(@"\r\n|\n|\r")]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"\\([\\'])")]
    private static partial Regex SingleEscape();

    [GeneratedRegex("""\\[\\'"abfnrtv]""")]
    private static partial Regex DoubleEscape();
}
