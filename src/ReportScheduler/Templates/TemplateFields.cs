using Fluid;
using Fluid.Values;

namespace ReportScheduler.Templates;

/// <summary>An object of a template whose members are known: a name that it does not have is an error, not nothing.</summary>
internal sealed class TemplateFields(string name, IReadOnlyDictionary<string, object?> members)
    : ObjectValueBase(
        members.ToDictionary(member => member.Key, member => member.Value is FluidValue value ? value.ToObjectValue() : member.Value))
{
    public override ValueTask<FluidValue> GetValueAsync(string name, TemplateContext context) => Find(name, context);

    public override ValueTask<FluidValue> GetIndexAsync(FluidValue index, TemplateContext context) => Find(index.ToStringValue(), context);

    private FluidValue Find(string member, TemplateContext context) => members.TryGetValue(member, out var value)
        ? FluidValue.Create(value, context.Options)
        : throw new InvalidOperationException($"{name} has no '{member}', only {string.Join(", ", members.Keys)}");
}
