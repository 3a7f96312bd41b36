using SpreadCheetah;

namespace ReportScheduler.Benchmarks.Exports;

/// <summary>The fastest library for workbooks: rows of cells, with its own settings.</summary>
internal static class SpreadCheetahPeer
{
    public static void Make(int rows, string path) => MakeAsync(rows, path).GetAwaiter().GetResult();

    private static async Task MakeAsync(int rows, string path)
    {
        await using var file = File.Create(path);
        await using var workbook = await Spreadsheet.CreateNewAsync(file);
        await workbook.StartWorksheetAsync("Sales");
        using var reader = new SampleReader(rows);
        var cells = new DataCell[reader.FieldCount];
        for (var column = 0; column < cells.Length; column++)
        {
            cells[column] = new DataCell(reader.GetName(column));
        }

        await workbook.AddRowAsync(cells);
        while (reader.Read())
        {
            cells[0] = new DataCell(reader.GetInt64(0));
            for (var column = 1; column < 5; column++)
            {
                cells[column] = new DataCell(reader.GetString(column));
            }

            cells[5] = new DataCell(reader.GetInt32(5));
            cells[6] = new DataCell(reader.GetDecimal(6));
            cells[7] = new DataCell(reader.GetDouble(7));
            cells[8] = new DataCell(reader.GetDateTime(8));
            cells[9] = new DataCell(reader.GetBoolean(9));
            await workbook.AddRowAsync(cells);
        }

        await workbook.FinishAsync();
    }
}
