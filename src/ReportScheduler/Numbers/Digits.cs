using System.Globalization;

namespace ReportScheduler.Numbers;

/// <summary>A number as the digits that Excel has of it: a double has fifteen. It is
/// 0.DIGITS times ten to the power of <paramref name="Point"/>.</summary>
/// <param name="IsNegative">Whether it is below zero; zero never is.</param>
/// <param name="Text">Without zeros at either end; empty for zero.</param>
/// <param name="Point">How many digits stand before the decimal point; below zero for zeros behind it.</param>
internal readonly record struct Digits(bool IsNegative, string Text, int Point)
{
    public bool IsZero => Text.Length == 0;

    /// <summary>The digits before the point, without leading zeros; empty for none.</summary>
    public string Whole => Point <= 0 ? "" : Point >= Text.Length ? Text.PadRight(Point, '0') : Text[..Point];

    /// <summary>The digits behind the point, without zeros at the end.</summary>
    public string Fraction => Point >= Text.Length ? "" : Point >= 0 ? Text[Point..] : new string('0', -Point) + Text;

    /// <param name="value">Neither infinite nor NaN.</param>
    public static Digits Of(double value)
    {
        var text = value.ToString("E14", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        return Of(text[..exponent], int.Parse(text.AsSpan(exponent + 1), CultureInfo.InvariantCulture));
    }

    public static Digits Of(decimal value) => Of(value.ToString(CultureInfo.InvariantCulture), 0);

    /// <summary>Times ten to a power.</summary>
    public Digits Shift(int power) => IsZero ? this : this with { Point = Point + power };

    /// <summary>Rounded to digits behind the point, a half away from zero, as Excel does. What becomes zero has no sign.</summary>
    public Digits Round(int places)
    {
        var kept = Point + places;
        if (kept >= Text.Length)
        {
            return this;
        }

        if (kept < 0)
        {
            return new Digits(false, "", 0);
        }

        var digits = Text[..kept].ToCharArray();
        var point = Point;
        if (Text[kept] >= '5')
        {
            var at = kept - 1;
            for (; at >= 0 && digits[at] == '9'; at--)
            {
                digits[at] = '0';
            }

            if (at >= 0)
            {
                digits[at]++;
            }
            else
            {
                digits = ['1', .. digits];
                point++;
            }
        }

        return Of(IsNegative, new string(digits), point);
    }

    private static Digits Of(string text, int exponent)
    {
        var isNegative = text[0] == '-';
        text = isNegative ? text[1..] : text;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return Of(isNegative, text.Replace(".", "", StringComparison.Ordinal), (point < 0 ? text.Length : point) + exponent);
    }

    private static Digits Of(bool isNegative, string text, int point)
    {
        var trimmed = text.TrimStart('0');
        point -= text.Length - trimmed.Length;
        trimmed = trimmed.TrimEnd('0');
        return trimmed.Length == 0 ? new Digits(false, "", 0) : new Digits(isNegative, trimmed, point);
    }
}
