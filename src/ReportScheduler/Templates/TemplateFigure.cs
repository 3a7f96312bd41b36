using System.Globalization;
using System.Text.Encodings.Web;
using Fluid.Values;

namespace ReportScheduler.Templates;

/// <summary>A key figure or a total in a template: it reads as in the report, and is compared as a number.</summary>
/// <param name="text">As the report shows it.</param>
/// <param name="number">Its value; null where it is no number.</param>
internal sealed class TemplateFigure(string text, decimal? number) : FluidValue
{
    /// <summary>What comparisons and filters of numbers take it for.</summary>
    public FluidValue Plain => number is { } value ? NumberValue.Create(value) : StringValue.Create(text);

    public override FluidValues Type => FluidValues.String;

    public override bool Equals(FluidValue other) => Plain.Equals(other);

    public override bool ToBooleanValue() => true;

    public override decimal ToNumberValue() => number ?? 0;

    public override string ToStringValue() => text;

    public override object ToObjectValue() => this;

    public override ValueTask WriteToAsync(TextWriter writer, TextEncoder encoder, CultureInfo cultureInfo)
    {
        encoder.Encode(writer, text);
        return ValueTask.CompletedTask;
    }
}
