using System.Globalization;
using System.Text.RegularExpressions;
using ReportScheduler.Sources;
using ReportScheduler.Tests.Sources;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Exports;

/// <summary>Every subtotal of a grouped report is the one that PostgreSQL works out.</summary>
public sealed class GroupingSetsTests(PostgreSqlServer postgreSql) : IDisposable
{
    private const string Rows = """
        (select case when i % 11 = 0 then null else 'Region ' || (i * 7919 % 5) end as region, i * 104729 % 4 as year, 'Product ' || (i * 31 % 6) as product,
          case when i % 13 = 0 then null else (i * 7907 % 100003)::numeric(20,4) / 7 end::numeric(20,4) as amount,
          case when i % 17 = 0 then null else (i * 7901 % 997) end as units,
          case when i % 19 = 0 then null else date '2026-01-01' + (i * 7883 % 300) end as day
        from generate_series(1, 3000) as i) as rows
        """;

    private readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("order by region, year, product")]
    [InlineData("order by year, region")]
    public void Subtotals_are_those_of_grouping_sets(string order)
    {
        var task = ExportFolder.Task(ReportFormat.Html);
        task.Datasets[0].GroupBy = ["region", "year", "product"];
        task.Datasets[0].Columns =
        [
            new ReportColumn { Name = "amount", Total = ColumnTotal.Sum | ColumnTotal.Average | ColumnTotal.Minimum | ColumnTotal.Maximum },
            new ReportColumn { Name = "units", Total = ColumnTotal.Sum | ColumnTotal.Count | ColumnTotal.Distinct },
            new ReportColumn { Name = "day", Total = ColumnTotal.Minimum | ColumnTotal.Maximum | ColumnTotal.Distinct },
        ];
        using var database = Databases.Open(ReportProvider.PostgreSql, postgreSql.ConnectionString);
        using (var reader = database.Execute($"select * from {Rows} {order}", [], Databases.Limit, CancellationToken.None))
        {
            folder.Export(task, ("Sales", reader));
        }

        Assert.Equal(Expected(database).Order(StringComparer.Ordinal), Shown().Order(StringComparer.Ordinal));
    }

    private static List<string> Expected(ReportDatabase database)
    {
        using var reader = database.Execute($"""
            select region, year, product, grouping(region, year, product),
              sum(amount)::text, trim_scale(round(avg(amount), 6))::text, min(amount)::text, max(amount)::text, sum(units)::text, count(units)::text, count(distinct units)::text, min(day)::text, max(day)::text, count(distinct day)::text
            from {Rows} group by grouping sets ((region, year, product), (region, year), (region), ())
            """, [], Databases.Limit, CancellationToken.None);
        var lines = new List<string>();
        while (reader.Read())
        {
            string Value(int place) =>
                reader.IsDBNull(place) ? "–" : Convert.ToString(reader.GetValue(place), CultureInfo.InvariantCulture)!;
            // the innermost of the columns that the line is about
            var key = reader.GetInt32(3) switch { 7 => "all", 3 => Value(0), 1 => Value(1), _ => Value(2) };
            (string Word, string Values)[] totals =
            [
                ("Total", $"{Value(4)} {Value(8)} –"), ("Average", $"{Value(5)} – –"), ("Count", $"– {Value(9)} –"),
                ("Minimum", $"{Value(6)} – {Value(11)}"), ("Maximum", $"{Value(7)} – {Value(12)}"),
                ("Distinct", $"– {Value(10)} {Value(13)}"),
            ];
            lines.AddRange(totals.Select(total => $"{total.Word} {key}: {total.Values}"));
        }

        return lines;
    }

    private List<string> Shown()
    {
        var html = File.ReadAllText(Path.Combine(folder.Path, "sales.html"));
        var lines = Regex.Matches(html, "<tr class=\"sum l[0-9]\">(.*?)</tr>").Concat(Regex
            .Matches(html, "<tfoot>(.*?)</tfoot>", RegexOptions.Singleline)
            .SelectMany(foot => Regex.Matches(foot.Value, "<tr>(.*?)</tr>")));
        return [.. lines.Select(line =>
        {
            var label = Regex.Match(line.Value, "<th[^>]*>(.*?)</th>").Groups[1].Value;
            var cells = Regex.Matches(line.Value, "<td( class=\"[nd]\"( data-v=\"(?<value>[^\"]*)\")?)?>(?<text>[^<]*)</td>")
                .Select(cell => cell.Groups["value"].Success
                    ? cell.Groups["value"].Value
                    : cell.Groups["text"].Value is { Length: > 0 } text
                    ? text.Replace(",", "", StringComparison.Ordinal)
                    : "–").TakeLast(3).ToList();
            // a label may reach over the first of the three
            cells = [.. Enumerable.Repeat("–", 3 - cells.Count), .. cells];
            // SQL and decimals differ in the zeros at the end of a quotient
            cells = label.StartsWith("Average", StringComparison.Ordinal) ? [.. cells.Select(cell => decimal.TryParse(cell,
                CultureInfo.InvariantCulture, out var number) ? number.ToString("0.######", CultureInfo.InvariantCulture) : cell)] : cells;
            return (label.Contains(' ', StringComparison.Ordinal) && label != "Grand total"
                ? label
                : label.Split(' ')[^1] is "total"
                ? "Total all"
                : label + " all")
                + $": {string.Join(' ', cells)}";
        })];
    }
}
