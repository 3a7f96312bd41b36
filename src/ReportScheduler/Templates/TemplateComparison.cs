using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace ReportScheduler.Templates;

/// <summary>A comparison of two values, of which one may be a date and the other one too, or text that
/// reads as one. Fluid itself finds every date neither before nor after another.</summary>
/// <param name="comparison">Fluid's comparison.</param>
/// <param name="again">Makes it once more, for other operands.</param>
internal sealed class TemplateComparison(BinaryExpression comparison, Func<Expression, Expression, BinaryExpression> again) : Expression
{
    public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
    {
        var left = await comparison.Left.EvaluateAsync(context).ConfigureAwait(false);
        var right = await comparison.Right.EvaluateAsync(context).ConfigureAwait(false);
        (left, right) = ((left as TemplateFigure)?.Plain ?? left, (right as TemplateFigure)?.Plain ?? right);
        if ((left is TemplateInstant || right is TemplateInstant) && Ticks(left, context) is { } first
            && Ticks(right, context) is { } second)
        {
            (left, right) = (NumberValue.Create(first), NumberValue.Create(second));
        }

        return await again(new LiteralExpression(left), new LiteralExpression(right)).EvaluateAsync(context).ConfigureAwait(false);
    }

    private static decimal? Ticks(FluidValue value, TemplateContext context) =>
        value.Type is FluidValues.DateTime or FluidValues.String && value.TryGetDateTimeInput(context, out var instant)
            ? instant.UtcTicks
            : null;
}
