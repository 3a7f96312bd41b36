using System.Globalization;
using System.Text.Encodings.Web;
using Fluid;
using Fluid.Values;

namespace ReportScheduler.Templates;

/// <summary>Text of a template that is written as it is where other text is escaped: of
/// the filters raw and escape, and what {% capture %} holds.</summary>
internal sealed class TemplateText(string text) : FluidValue
{
    private readonly StringValue value = new(text);

    public override FluidValues Type => FluidValues.String;

    public override bool Equals(FluidValue other) => value.Equals(other);

    public override bool ToBooleanValue() => value.ToBooleanValue();

    public override decimal ToNumberValue() => value.ToNumberValue();

    public override string ToStringValue() => text;

    public override object ToObjectValue() => text;

    public override bool Contains(FluidValue value) => this.value.Contains(value);

    public override ValueTask<FluidValue> GetValueAsync(string name, TemplateContext context) => value.GetValueAsync(name, context);

    public override ValueTask WriteToAsync(TextWriter writer, TextEncoder encoder, CultureInfo cultureInfo)
    {
        writer.Write(text);
        return ValueTask.CompletedTask;
    }
}
