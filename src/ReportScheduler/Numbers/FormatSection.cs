using System.Globalization;

namespace ReportScheduler.Numbers;

/// <summary>One of the parts between the semicolons of a number format.</summary>
internal sealed class FormatSection
{
    private readonly List<FormatToken> tokens = [];

    private FormatSection()
    {
    }

    public IReadOnlyList<FormatToken> Tokens => tokens;

    /// <summary>As 0xRRGGBB; null for none.</summary>
    public int? Color { get; private set; }

    public FormatCondition? Condition { get; private set; }

    /// <summary>The language of month and day names; null for that of the report.</summary>
    public CultureInfo? Culture { get; private set; }

    /// <summary>What it is when it is as simple as most; null for others.</summary>
    public PlainPattern? Plain { get; private set; }

    public bool IsDate =>
        Plain is null && tokens.Exists(token => token.Kind is FormatTokenKind.Date or FormatTokenKind.Elapsed or FormatTokenKind.HalfOfDay);

    public bool IsText => tokens.Exists(token => token.Kind == FormatTokenKind.Text);

    public bool Has(FormatTokenKind kind) => tokens.Exists(token => token.Kind == kind);

    /// <summary>The sections of a format; the last of them has no semicolon behind it.</summary>
    public static IReadOnlyList<FormatSection> Parse(string format)
    {
        var sections = new List<FormatSection> { new() };
        for (var i = 0; i < format.Length;)
        {
            if (format[i] == ';')
            {
                sections.Add(new FormatSection());
                i++;
            }
            else
            {
                i = sections[^1].Read(format, i);
            }
        }

        sections.ForEach(section => section.Plain = PlainPattern.Of(section.tokens));
        return sections;
    }

    private int Read(string format, int i)
    {
        var rest = format.AsSpan(i);
        switch (format[i])
        {
            case '"':
                var quote = format.IndexOf('"', i + 1) is >= 0 and var end ? end : format.Length;
                return Add(FormatTokenKind.Literal, format[(i + 1)..quote], quote + 1);
            case '\\' or '_' or '*' when i + 1 < format.Length:
                // a space as wide as a character, or a character that fills the cell: a text has no width to fill
                return Add(FormatTokenKind.Literal, format[i] switch { '\\' => format[(i + 1)..(i + 2)], '_' => " ", _ => "" }, i + 2);
            case '[' when format.IndexOf(']', i) is >= 0 and var close:
                ReadBracket(format[(i + 1)..close]);
                return close + 1;
            case '0' or '#' or '?' when tokens is [.., { Kind: FormatTokenKind.SecondFraction }]:
                return Add(FormatTokenKind.Literal, "", i + 1);
            case '0' or '#' or '?':
                return Add(FormatTokenKind.Digit, format[i..(i + 1)], i + 1);
            case '.' when IsAfterSeconds() && rest.Length > 1 && rest[1] == '0':
                return Add(FormatTokenKind.SecondFraction, "." + Run(format, i + 1), i + 1 + Run(format, i + 1).Length);
            case '.':
                return Add(FormatTokenKind.Point, ".", i + 1);
            case ',':
                return Add(FormatTokenKind.Comma, ",", i + 1);
            case '%':
                return Add(FormatTokenKind.Percent, "%", i + 1);
            case '@':
                return Add(FormatTokenKind.Text, "@", i + 1);
            case '/':
                return Add(FormatTokenKind.Slash, "/", i + 1);
            case >= '1' and <= '9' when tokens is [.., { Kind: FormatTokenKind.Slash }]:
                var number = format[i..].TakeWhile(char.IsAsciiDigit).Count();
                return Add(FormatTokenKind.Denominator, format[i..(i + number)], i + number);
            case 'E' or 'e' when rest.Length > 1 && rest[1] is '+' or '-' && Has(FormatTokenKind.Digit):
                return Add(FormatTokenKind.Exponent, format[i..(i + 2)].ToUpperInvariant(), i + 2);
        }

        foreach (var (word, kind) in new[] { ("General", FormatTokenKind.General), ("AM/PM", FormatTokenKind.HalfOfDay),
            ("A/P", FormatTokenKind.HalfOfDay) })
        {
            if (rest.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return Add(kind, format[i..(i + word.Length)], i + word.Length);
            }
        }

        return char.ToLowerInvariant(format[i]) is 'y' or 'm' or 'd' or 'h' or 's' or 'e'
            ? Add(FormatTokenKind.Date, Run(format, i).ToLowerInvariant(), i + Run(format, i).Length)
            : Add(FormatTokenKind.Literal, format[i..(i + 1)], i + 1);
    }

    private void ReadBracket(string content)
    {
        if (content.Length > 0 && content[0] == '$')
        {
            var dash = content.LastIndexOf('-');
            Add(FormatTokenKind.Literal, content[1..(dash < 1 ? content.Length : dash)], 0);
            Culture = dash >= 1 && int.TryParse(content.AsSpan(dash + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture,
                out var code) ? Language(code & 0xFFFF) : Culture;
        }
        else if (content.Length > 0 && content.ToLowerInvariant() is var lower && lower[0] is 'h' or 'm' or 's'
            && lower.All(letter => letter == lower[0]))
        {
            Add(FormatTokenKind.Elapsed, lower, 0);
        }
        else
        {
            Color ??= FormatColors.Of(content);
            Condition ??= FormatCondition.Of(content);
        }
    }

    // F800 and F400 are the system's own.
    private static CultureInfo? Language(int code)
    {
        try
        {
            return code is 0 or 0xF800 or 0xF400 ? null : CultureInfo.GetCultureInfo(code);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    private int Add(FormatTokenKind kind, string text, int next)
    {
        tokens.Add(new FormatToken(kind, text));
        return next;
    }

    private bool IsAfterSeconds() => tokens is [.., { Kind: FormatTokenKind.Date or FormatTokenKind.Elapsed, Text: ['s', ..] }];

    private static string Run(string format, int start) =>
        new([.. format.AsSpan(start).ToString().TakeWhile(c => char.ToLowerInvariant(c) == char.ToLowerInvariant(format[start]))]);
}
