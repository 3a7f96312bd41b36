using System.Text.Json;
using ReportScheduler.Rows;
using ReportScheduler.Rows.Spool;

namespace ReportScheduler.Splits;

/// <summary>A value in a row of -Recipients. A list, as a script or an array of the database gives one, is its items with
/// semicolons between them.</summary>
internal static class ReaderValue
{
    /// <returns>Null for nothing.</returns>
    /// <exception cref="ReportException">RecipientValueNotUsable: it is an object, or a list of such.</exception>
    public static string? Of(string key, string column, Cell cell)
    {
        if (cell.Kind != CellKind.Json)
        {
            return KeyText.Of(cell);
        }

        try
        {
            using var json = JsonDocument.Parse(cell.Text);
            var root = json.RootElement;
            return root.ValueKind == JsonValueKind.Array
                ? string.Join(';', root.EnumerateArray().Select(item => Item(key, column, cell, item)).Where(item => item.Length > 0))
                : Item(key, column, cell, root);
        }
        catch (JsonException)
        {
            return cell.Text;
        }
    }

    private static string Item(string key, string column, Cell cell, JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => item.GetString()!,
        JsonValueKind.Number => item.GetRawText(),
        _ => throw SplitErrors.RecipientValueNotUsable(key, column, cell.Text, "it is no text and no list of texts"),
    };
}
