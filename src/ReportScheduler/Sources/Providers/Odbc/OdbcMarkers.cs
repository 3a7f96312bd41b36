using System.Globalization;
using System.Text;
using ReportScheduler.Rows;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Sources.Providers.Odbc;

/// <summary>Writes ? in place of @name. A parameter that stands twice is sent twice.</summary>
internal static class OdbcMarkers
{
    public static BoundBatch Write(SqlLexer lexer, BoundBatch named)
    {
        var text = new StringBuilder();
        var order = new List<ReportParameter>();
        var place = 0;
        foreach (var token in lexer.Read(named.Sql).Where(token => token.IsVariable))
        {
            if (named.Parameters.FirstOrDefault(
                parameter => parameter.Name.Equals(token.Text, StringComparison.OrdinalIgnoreCase)) is { } parameter)
            {
                text.Append(named.Sql, place, token.Start - place).Append('?');
                place = token.End;
                order.Add(parameter with { Name = string.Create(CultureInfo.InvariantCulture, $"p{order.Count + 1}") });
            }
        }

        return new BoundBatch(text.Append(named.Sql, place, named.Sql.Length - place).ToString(), order);
    }
}
