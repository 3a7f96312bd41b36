using System.Text.Encodings.Web;
using Fluid;
using Fluid.Ast;

namespace ReportScheduler.Templates;

/// <summary>{% capture %} that stops when there is too much; Fluid's own holds it all first.</summary>
internal sealed class TemplateCapture(string name, IReadOnlyList<Statement> statements) : TagStatement(statements)
{
    public override async ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        using var captured = new TemplateOutput();
        foreach (var statement in Statements)
        {
            if (await statement.WriteToAsync(captured, encoder, context).ConfigureAwait(false) is var completion
                && completion != Completion.Normal)
            {
                Keep(captured, context);
                return completion;
            }
        }

        Keep(captured, context);
        return Completion.Normal;
    }

    private void Keep(TemplateOutput captured, TemplateContext context)
    {
        var value = new TemplateText(captured.ToString());
        TemplateLimits.Spend(context, TemplateLimits.SizeOf(value));
        context.SetValue(name, value);
    }
}
