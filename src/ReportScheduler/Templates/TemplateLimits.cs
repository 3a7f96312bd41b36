using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Fluid;
using Fluid.Values;

namespace ReportScheduler.Templates;

/// <summary>The bounds within which a template is rendered.</summary>
internal static partial class TemplateLimits
{
    /// <summary>How deep tags, brackets, filters and conditions may stand within one another.</summary>
    public const int Depth = 200;

    public const int Steps = 50_000;
    public const int RangeLength = 1_000;

    /// <summary>The longest text, whether it is written or only held.</summary>
    public const int Characters = 1_000_000;

    /// <summary>The most digits that a format may ask for.</summary>
    public const int Digits = 100;

    /// <summary>What all filters and captures of a rendering take and make together.</summary>
    private const long Work = 20L * Characters;

    private const string Spent = "spent";
    private const string Markup = "html";

    /// <summary>Escapes what would be markup, and leaves the letters of all languages as they are.</summary>
    public static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Notes whether what is written is HTML.</summary>
    public static void Mark(TemplateContext context, bool isHtml) => context.AmbientValues[Markup] = isHtml;

    /// <summary>Whether what is written is HTML.</summary>
    public static bool IsHtml(TemplateContext context) => context.AmbientValues.TryGetValue(Markup, out var isHtml) && isHtml is true;

    /// <summary>Stops values that grow in a loop.</summary>
    public static ValueTask<FluidValue> Assigned(string name, FluidValue value, TemplateContext context) =>
        SizeOf(value) <= Characters ? value : throw TooLong();

    /// <summary>How many characters a value has, in lists all of them; at least one for each item.</summary>
    public static long SizeOf(FluidValue value)
    {
        if (value is not ArrayValue array)
        {
            return value.Type == FluidValues.String ? value.ToStringValue().Length : 1;
        }

        var size = 0L;
        for (var item = 0; item < array.Values.Count && size <= Characters; item++)
        {
            size += 1 + SizeOf(array.Values[item]);
        }

        return size;
    }

    /// <summary>Counts work of a rendering.</summary>
    /// <exception cref="TemplateTooLargeException">It is too much, at once or with what was before.</exception>
    public static void Spend(TemplateContext context, long size)
    {
        var spent = size + (context.AmbientValues.TryGetValue(Spent, out var before) ? (long)before : 0);
        context.AmbientValues[Spent] = spent;
        if (size > Characters || spent > Work)
        {
            throw TooLong();
        }
    }

    /// <summary>Refuses a .NET number or composite format that asks for endless digits, such as N999999999.</summary>
    /// <exception cref="TemplateTooLargeException">It does.</exception>
    public static void CheckDigits(string format)
    {
        if (Precision().IsMatch(format) || Holes().IsMatch(format))
        {
            throw new TemplateTooLargeException($"the format '{Short(format)}' asks for more than {Digits} digits");
        }
    }

    public static TemplateTooLargeException TooLong() => new($"it makes more than {Characters:N0} characters");

    /// <summary>A text of a template for a message.</summary>
    public static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";

    [GeneratedRegex(@"^\s*[A-Za-z](?:0*[1-9]\d{3,}|0*[2-9]\d\d|0*1(?:[1-9]\d|0[1-9]))\s*$")]
    private static partial Regex Precision();

    [GeneratedRegex(@"\{[^{}]*\d{4}")]
    private static partial Regex Holes();
}
