namespace ReportScheduler.Benchmarks.Exports;

/// <summary>What the Python tool and its neighbours do with rows of the same kinds;
/// measured where Debian's packages are installed.</summary>
internal static class PythonPeers
{
    private const string Rows = """
        import random, datetime, sys
        count, path = int(sys.argv[1]), sys.argv[2]
        names = ["id","order_no","customer","region","product","quantity","price","share","ordered_at","paid"]
        def rows():
            r = random.Random(42); start = datetime.datetime(2025, 1, 1)
            for i in range(1, count + 1):
                a = r.randrange(2**31); b = r.randrange(2**31)
                yield [i, f"A{i:07}", f"Customer {a % 5000} & Sons", ("North","South","East","West","Centre")[a % 5], f"Product {b % 40:02}", 1 + a % 50, b % 1000000 / 100, round(r.random(), 4), start + datetime.timedelta(seconds=a % 31536000), b & 1 == 0]

        """;

    /// <summary>The package and the script of each.</summary>
    public static readonly Dictionary<string, (string Package, string Script)> All = new()
    {
        ["openpyxl, write-only"] = ("openpyxl", Rows + """
            import openpyxl
            book = openpyxl.Workbook(write_only=True); sheet = book.create_sheet("Sales"); sheet.append(names)
            for row in rows(): sheet.append(row)
            book.save(path)
            """),
        ["xlsxwriter, constant memory"] = ("xlsxwriter", Rows + """
            import xlsxwriter
            book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}); sheet = book.add_worksheet("Sales"); sheet.write_row(0, 0, names)
            for n, row in enumerate(rows(), 1): sheet.write_row(n, 0, row)
            book.close()
            """),
        ["pandas"] = ("pandas", Rows + """
            import pandas
            pandas.DataFrame(rows(), columns=names).to_excel(path, index=False)
            """),
        ["pdf, reportlab"] = ("reportlab", Rows + """
            from reportlab.lib.pagesizes import A4, landscape
            from reportlab.platypus import SimpleDocTemplate, Table
            SimpleDocTemplate(path, pagesize=landscape(A4)).build([Table([names] + [[str(c) for c in row] for row in rows()], repeatRows=1)])
            """),
    };
}
