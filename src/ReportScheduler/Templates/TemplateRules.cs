using Fluid;
using Fluid.Ast;

namespace ReportScheduler.Templates;

/// <summary>Refuses, before any run, what would fail or never end in one.</summary>
internal sealed class TemplateRules(string text, string member) : AstVisitor
{
    /// <summary>Names the template gives to things itself; where it does so is not followed.</summary>
    private readonly HashSet<string> ownNames = new(StringComparer.Ordinal) { "forloop", "tablerowloop" };

    private int depth;

    /// <summary>The objects and lists that the template names.</summary>
    public HashSet<string> Mentioned { get; } = new(StringComparer.Ordinal);

    /// <summary>The members of objects that it names, such as <c>run.changes</c>.</summary>
    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>The key figures that it names.</summary>
    public HashSet<string> Figures { get; } = new(StringComparer.OrdinalIgnoreCase);

    public override Statement Visit(Statement statement) => Within(statement, base.Visit);

    public override Expression Visit(Expression expression) => Within(expression, base.Visit);

    public override IFluidTemplate VisitTemplate(IFluidTemplate template)
    {
        new Names(ownNames).VisitTemplate(template);
        return base.VisitTemplate(template);
    }

    protected override Expression VisitFilterExpression(FilterExpression filterExpression)
    {
        if (!TemplateFilters.Has(filterExpression.Name))
        {
            throw Refused(filterExpression.Name, $"there is no filter '{filterExpression.Name}'");
        }

        var format = filterExpression.Name == "format_string"
            ? filterExpression.Input
            : filterExpression.Parameters.Select(parameter => parameter.Expression).FirstOrDefault();
        if (format is LiteralExpression literal)
        {
            CheckFormat(filterExpression.Name, literal.Value.ToStringValue());
        }

        return base.VisitFilterExpression(filterExpression);
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        var names = memberExpression.Segments.Select(segment => (segment as IdentifierSegment)?.Identifier).ToList();
        if (names[0] is { } first && !ownNames.Contains(first))
        {
            Check(first, names.ElementAtOrDefault(1));
            CheckInside(first, names);
        }

        foreach (var index in memberExpression.Segments.OfType<IndexerSegment>())
        {
            Visit(index.Expression);
        }

        return base.VisitMemberExpression(memberExpression);
    }

    protected override Statement VisitOutputStatement(OutputStatement outputStatement)
    {
        if (outputStatement.Expression is MemberExpression { Segments: [IdentifierSegment { Identifier: var name }] }
            && !ownNames.Contains(name)
            && (TemplateModel.Members.ContainsKey(name) || name is TemplateModel.Rows or TemplateModel.Datasets))
        {
            throw Refused(name, name is TemplateModel.Rows or TemplateModel.Datasets
                ? $"'{name}' is a list and no text: run.rows is the number of rows, and {{% for %}} goes through the list"
                : $"'{name}' is not text: name one of its members, {string.Join(", ", TemplateModel.Members[name].Keys)}");
        }

        return base.VisitOutputStatement(outputStatement);
    }

    protected override Expression VisitRangeExpression(RangeExpression rangeExpression)
    {
        var (from, to) = (Number(rangeExpression.From), Number(rangeExpression.To));
        return from is { } start && to is { } end && end - start < TemplateLimits.RangeLength
            ? base.VisitRangeExpression(rangeExpression)
            : throw Refused("..", $"a range (from..to) takes two whole numbers and has at most {TemplateLimits.RangeLength:N0} steps");
    }

    protected override Statement VisitForStatement(ForStatement forStatement)
    {
        if (forStatement.Range is { } range)
        {
            VisitRangeExpression(range);
        }

        return base.VisitForStatement(forStatement);
    }

    protected override Statement VisitIncludeStatement(IncludeStatement includeStatement) => throw OtherFile("include");

    protected override Statement VisitRenderStatement(RenderStatement renderStatement) => throw OtherFile("render");

    protected override Statement VisitFromStatement(FromStatement fromStatement) => throw OtherFile("from");

    private static decimal? Number(Expression expression) =>
        expression is LiteralExpression { Value: Fluid.Values.NumberValue number } ? number.ToNumberValue() : null;

    private T Within<T>(T part, Func<T, T> visit)
    {
        if (++depth > TemplateLimits.Depth)
        {
            throw Refused("", $"tags, brackets, filters or conditions stand more than {TemplateLimits.Depth} deep within one another");
        }

        var visited = visit(part);
        depth--;
        return visited;
    }

    private void CheckFormat(string filter, string format)
    {
        try
        {
            TemplateFilters.Check(filter, format);
        }
        catch (TemplateTooLargeException problem)
        {
            throw Refused(format, problem.Message);
        }
    }

    /// <summary>Text, a number and a date have nothing in them: what is named there would read as nothing.</summary>
    private void CheckInside(string first, List<string?> names)
    {
        if (names is not [_, { } second, ..] || !TemplateModel.Members.ContainsKey(first))
        {
            return;
        }

        var name = $"{first}.{second}";
        Members.Add(name);
        if (names is [_, _, { } third, ..] && !TemplateModel.Objects.Contains(name)
            && !(TemplateModel.Lists.Contains(name) ? third is "size" or "first" or "last" : third is "size"))
        {
            throw Refused($"{name}.{third}",
                $"{name} is {(TemplateModel.Lists.Contains(name) ? "a list" : "one value")} and has no '{third}'");
        }
    }

    private void Check(string first, string? second)
    {
        Mentioned.Add(first);
        if (TemplateModel.Members.TryGetValue(first, out var members))
        {
            if (second is not null && !members.ContainsKey(second))
            {
                throw Refused($"{first}.{second}", $"{first} has no '{second}', only {string.Join(", ", members.Keys)}");
            }
        }
        else if (first == TemplateModel.Figures && second is not null)
        {
            Figures.Add(second);
        }
        else if (first is not (TemplateModel.Rows or TemplateModel.Datasets or TemplateModel.Figures or TemplateModel.Totals))
        {
            throw Refused(first, $"there is no '{first}', only {string.Join(", ", TemplateModel.Members.Keys)}, {TemplateModel.Figures}, "
                + $"{TemplateModel.Totals}, {TemplateModel.Rows} and {TemplateModel.Datasets}");
        }
    }

    private ReportException OtherFile(string tag) => Refused(tag, $"'{tag}' would read another file, which templates may not");

    /// <summary>Fluid's tree keeps no places, so the line is the first one that has the words in a tag.</summary>
    private ReportException Refused(string words, string what)
    {
        var tag = Math.Max(0, text.IndexOf('{', StringComparison.Ordinal));
        var place = text.IndexOf(words, tag, StringComparison.Ordinal);
        return TemplateErrors.TemplateInvalid(text, member, 1 + text.AsSpan(0, place < 0 ? tag : place).Count('\n'), what);
    }

    private sealed class Names(HashSet<string> names) : AstVisitor
    {
        protected override Statement VisitAssignStatement(AssignStatement assignStatement)
        {
            names.Add(assignStatement.Identifier);
            return base.VisitAssignStatement(assignStatement);
        }

        protected override Statement VisitCaptureStatement(CaptureStatement captureStatement)
        {
            names.Add(captureStatement.Identifier);
            return base.VisitCaptureStatement(captureStatement);
        }

        protected override Statement VisitForStatement(ForStatement forStatement)
        {
            names.Add(forStatement.Identifier);
            return base.VisitForStatement(forStatement);
        }

        protected override Statement VisitTableRowStatement(TableRowStatement tableRowStatement)
        {
            names.Add(tableRowStatement.Identifier);
            return base.VisitTableRowStatement(tableRowStatement);
        }

        protected override Statement VisitIncrementStatement(IncrementStatement incrementStatement)
        {
            names.Add(incrementStatement.Identifier);
            return base.VisitIncrementStatement(incrementStatement);
        }

        protected override Statement VisitDecrementStatement(DecrementStatement decrementStatement)
        {
            names.Add(decrementStatement.Identifier);
            return base.VisitDecrementStatement(decrementStatement);
        }
    }
}
