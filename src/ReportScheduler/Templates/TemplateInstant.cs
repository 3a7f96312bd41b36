using System.Globalization;
using System.Text.Encodings.Web;
using Fluid.Values;

namespace ReportScheduler.Templates;

/// <summary>A point in time in a template. Fluid's own value shows UTC when no filter formats it.</summary>
/// <param name="instant">The instant, with the offset that it is shown in.</param>
/// <param name="text">What filters take for its text.</param>
/// <param name="shown">What stands where no filter formats it.</param>
internal sealed class TemplateInstant(DateTimeOffset instant, string text, string shown) : FluidValue
{
    public TemplateInstant(DateTimeOffset instant) : this(instant, Text(instant), Text(instant))
    {
    }

    public override FluidValues Type => FluidValues.DateTime;

    public override bool Equals(FluidValue other) => other.ToObjectValue() is DateTimeOffset at && at == instant;

    public override bool ToBooleanValue() => true;

    public override decimal ToNumberValue() => instant.ToUnixTimeSeconds();

    public override string ToStringValue() => text;

    public override object ToObjectValue() => instant;

    public override ValueTask WriteToAsync(TextWriter writer, TextEncoder encoder, CultureInfo cultureInfo)
    {
        encoder.Encode(writer, shown);
        return ValueTask.CompletedTask;
    }

    private static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
}
