using System.Globalization;
using System.Text.Encodings.Web;
using Fluid.Values;

namespace ReportScheduler.Tasks;

/// <summary>A point in time in a template. Fluid's own value shows UTC when no filter formats it.</summary>
internal sealed class TemplateInstant(DateTimeOffset instant) : FluidValue
{
    public override FluidValues Type => FluidValues.DateTime;

    public override bool Equals(FluidValue other) => other.ToObjectValue() is DateTimeOffset at && at == instant;

    public override bool ToBooleanValue() => true;

    public override decimal ToNumberValue() => instant.ToUnixTimeSeconds();

    public override string ToStringValue() => instant.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    public override object ToObjectValue() => instant;

    public override ValueTask WriteToAsync(TextWriter writer, TextEncoder encoder, CultureInfo cultureInfo)
    {
        encoder.Encode(writer, ToStringValue());
        return ValueTask.CompletedTask;
    }
}
