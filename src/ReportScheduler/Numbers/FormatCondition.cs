using System.Globalization;

namespace ReportScheduler.Numbers;

/// <summary>Which numbers a section of a number format is for.</summary>
/// <param name="Operator">One of &lt;, &lt;=, =, &gt;=, &gt; and &lt;&gt;.</param>
/// <param name="Limit">What they are compared with.</param>
internal sealed record FormatCondition(string Operator, double Limit)
{
    /// <summary>Whether no number above or at zero meets it.</summary>
    public bool IsNegative => Operator switch
    {
        "<" => Limit <= 0,
        "<=" or "=" => Limit < 0,
        _ => false,
    };

    /// <summary>Whether every number above or at zero meets it, so that only negative ones are left.</summary>
    public bool LeavesNegative => Operator switch
    {
        ">=" => Limit <= 0,
        ">" => Limit <= 0,
        _ => false,
    };

    /// <summary>Null when the text is none.</summary>
    public static FormatCondition? Of(string text)
    {
        var length = text.Length - text.TrimStart('<', '>', '=').Length;
        return text[..length] is "<" or "<=" or "=" or ">=" or ">" or "<>"
            && double.TryParse(text.AsSpan(length), NumberStyles.Float, CultureInfo.InvariantCulture, out var limit)
            ? new FormatCondition(text[..length], limit)
            : null;
    }

    public bool IsMet(double value) => Operator switch
    {
        "<" => value < Limit,
        "<=" => value <= Limit,
        "=" => value == Limit,
        ">=" => value >= Limit,
        ">" => value > Limit,
        _ => value != Limit,
    };
}
