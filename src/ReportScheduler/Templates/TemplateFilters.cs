using Fluid;
using Fluid.Values;

namespace ReportScheduler.Templates;

/// <summary>Fluid's filters, with what they take and make counted, and with dates as strftime has them.</summary>
internal static class TemplateFilters
{
    private static readonly FilterCollection Original = new TemplateOptions().Filters;

    public static bool Has(string name) => Original.TryGetValue(name, out _);

    /// <summary>Replaces the filters of a model.</summary>
    public static void Put(FilterCollection filters)
    {
        foreach (var (name, filter) in Original)
        {
            filters.AddFilter(name, Counted(name switch
            {
                "date" => (input, arguments, context) => Date(filter, input, arguments, context),
                "newline_to_br" =>
                    (input, arguments, context) => TemplateLimits.IsHtml(context) ? LineBreaks(input) : filter(input, arguments, context),
                "sum" => (input, arguments, context) => arguments.Count == 0
                    ? filter(input, arguments, context)
                    : Sum(input, arguments.At(0).ToStringValue(), context),
                _ => filter,
            }, name));
        }
    }

    /// <summary>What can be said of a filter's arguments before it is used.</summary>
    /// <exception cref="TemplateTooLargeException">A format asks for too much.</exception>
    public static void Check(string name, string firstArgument)
    {
        switch (name)
        {
            case "date":
                StrfTime.Check(firstArgument);
                break;
            case "format_number" or "format_string":
                TemplateLimits.CheckDigits(firstArgument);
                break;
        }
    }

    private static FilterDelegate Counted(FilterDelegate filter, string name) => async (input, arguments, context) =>
    {
        TemplateLimits.Spend(context, TemplateLimits.SizeOf(input));
        TemplateLimits.Spend(context, Growth(name, input, arguments));
        Check(name, name == "format_string" ? input.ToStringValue() : arguments.At(0).ToStringValue());
        var result = await filter(input, arguments, context).ConfigureAwait(false);
        TemplateLimits.Spend(context, TemplateLimits.SizeOf(result));
        return result is StringValue { Encode: false } text ? new TemplateText(text.ToStringValue()) : result;
    };

    /// <summary>How much longer than its input a result will be, for filters that may multiply it.</summary>
    private static long Growth(string name, FluidValue input, FilterArguments arguments)
    {
        if (name == "join" && input is ArrayValue list)
        {
            return (long)list.Values.Count * arguments.At(0).ToStringValue().Length;
        }

        if (name != "replace" || arguments.At(0).ToStringValue() is not { Length: > 0 } from)
        {
            return 0;
        }

        return (long)input.ToStringValue().AsSpan().Count(from) * arguments.At(1).ToStringValue().Length;
    }

    private static async ValueTask<FluidValue> Date(FilterDelegate filter, FluidValue input, FilterArguments arguments,
        TemplateContext context)
    {
        if (arguments.At(0).IsNil() || !input.TryGetDateTimeInput(context, out var at))
        {
            return await filter(input, arguments, context).ConfigureAwait(false);
        }

        var value = new DateTimeValue(at);
        return new StringValue(StrfTime.Format(at, arguments.At(0).ToStringValue(), directive =>
            filter(value, new FilterArguments(new StringValue(directive)), context).AsTask().GetAwaiter().GetResult().ToStringValue()));
    }

    // Fluid adds up the members of its own objects only
    private static async ValueTask<FluidValue> Sum(FluidValue input, string member, TemplateContext context)
    {
        var sum = 0m;
        foreach (var item in input.Enumerate(context))
        {
            sum += (await item.GetValueAsync(member, context).ConfigureAwait(false)).ToNumberValue();
        }

        return NumberValue.Create(sum);
    }

    /// <summary>The tags are markup, and what stands between them is not.</summary>
    private static ValueTask<FluidValue> LineBreaks(FluidValue input)
    {
        var lines = input.ToStringValue().ReplaceLineEndings("\n").Split('\n');
        return new TemplateText(
            string.Join("<br />\n", input is TemplateText ? lines : lines.Select(line => TemplateLimits.Html.Encode(line))));
    }
}
