using System.Globalization;
using System.Text;
using ReportScheduler.Rows;

namespace ReportScheduler.Sources.Sql;

/// <summary>Writes a parameter for each value of a list: IN @ids and IN (@ids) become
/// IN (@ids_1, @ids_2). No value comes into the text.</summary>
/// <remarks>PostgreSQL takes the list as an array outside of IN: = ANY (@ids).</remarks>
internal static class ListParameters
{

    /// <summary>The text and the parameters that it mentions.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="parameters">What is given.</param>
    /// <param name="takesArrays">Whether a list may be one parameter, outside of IN.</param>
    /// <param name="isCaseSensitive">Whether @day and @Day are two parameters.</param>
    public static BoundBatch Bind(SqlBatch batch, IReadOnlyList<ReportParameter> parameters, bool takesArrays = false,
        bool isCaseSensitive = false)
    {
        var text = new StringBuilder();
        var bound = new Dictionary<string, ReportParameter>(StringComparer.Ordinal);
        var place = 0;
        foreach (var token in batch.Parameters)
        {
            if (parameters.FirstOrDefault(
                parameter => parameter.Name.Equals(token.Text, StringComparison.OrdinalIgnoreCase)) is not { } parameter)
            {
                continue;
            }

            var i = IndexOf(batch.Tokens, token);
            var isAfterIn = i > 0 && batch.Tokens[i - 1].Is("IN");
            var items = parameter.Value is Array values and not byte[]
                && (!takesArrays || isAfterIn || IsElement(batch.Tokens, i, ofIn: true)) ? values : null;
            if (items is null && !isAfterIn)
            {
                Add(parameter with { Name = token.Text });
                continue;
            }

            IReadOnlyList<ReportParameter> each = items is null
                ? [parameter with { Name = token.Text }]
                : Each(parameter, items, FreeName(batch, parameters, token.Text));
            foreach (var one in each)
            {
                Add(one);
            }

            if (items is { Length: > 1 } && ListPlace.InTheWay(batch.Tokens, i, IsElement(batch.Tokens, i, ofIn: false)) is { } before)
            {
                throw SqlErrors.ListNotUsable(parameter.Name, items.Length, before);
            }

            var list = string.Join(", ", each.Select(one => "@" + one.Name));
            text.Append(batch.Text, place, token.Start - place).Append(IsElement(batch.Tokens, i, ofIn: false) ? list : $"({list})");
            place = token.End;
        }

        foreach (var hidden in parameters.Where(
            parameter => !bound.ContainsKey(parameter.Name) && batch.Hidden.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase)))
        {
            Add(hidden);
        }

        return new BoundBatch(text.Append(batch.Text, place, batch.Text.Length - place).ToString(), [.. bound.Values]);

        void Add(ReportParameter parameter)
        {
            if (isCaseSensitive || !bound.Keys.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase))
            {
                bound[parameter.Name] = parameter;
            }
        }
    }

    private static int IndexOf(IReadOnlyList<SqlToken> tokens, SqlToken token)
    {
        var (low, high) = (0, tokens.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = tokens[middle].Start < token.Start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Whether it is a whole element of a list in parentheses.</summary>
    private static bool IsElement(IReadOnlyList<SqlToken> tokens, int i, bool ofIn)
    {
        if (i == 0 || i + 1 >= tokens.Count || !(tokens[i - 1].IsSign('(') || tokens[i - 1].IsSign(','))
            || !(tokens[i + 1].IsSign(')') || tokens[i + 1].IsSign(',')))
        {
            return false;
        }

        var depth = 0;
        var open = i - 1;
        for (; open >= 0; open--)
        {
            if (tokens[open].IsSign('(') && depth-- == 0)
            {
                break;
            }

            depth += tokens[open].IsSign(')') ? 1 : 0;
        }

        return open >= 0 && (!ofIn || (open > 0 && tokens[open - 1].Is("IN")));
    }

    private static IReadOnlyList<ReportParameter> Each(ReportParameter parameter, Array items, string name) =>
        [.. items.Cast<object?>()
            .Select((item, n) => parameter with { Name = string.Create(CultureInfo.InvariantCulture, $"{name}{n + 1}"), Value = item })];

    /// <summary>The beginning of names that are not taken: @id_1 beside @id and @id2.</summary>
    private static string FreeName(SqlBatch batch, IReadOnlyList<ReportParameter> parameters, string name)
    {
        var free = name + "_";
        while (batch.Tokens.Any(token => token.IsVariable && token.Text.StartsWith(free, StringComparison.OrdinalIgnoreCase))
            || parameters.Any(parameter => parameter.Name.StartsWith(free, StringComparison.OrdinalIgnoreCase)))
        {
            free += "_";
        }

        return free;
    }
}
