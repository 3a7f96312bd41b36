using System.Data.Common;
using System.Text;

namespace ReportScheduler.Sources.Providers.SqlServer;

/// <summary>The one document of FOR JSON or FOR XML, which SQL Server sends in pieces of about 2,033 characters, a row each.</summary>
/// <remarks>SQL Server documentation, "Use FOR JSON output in SQL Server and in client apps".</remarks>
internal sealed class JoinedText : IJoinedDocument
{
    private const string JsonName = "JSON_F52E2B61-18A1-11d1-B105-00805F49916B";
    private const string XmlName = "XML_F52E2B61-18A1-11d1-B105-00805F49916B";
    private bool isRead;

    private JoinedText(string typeName) => TypeName = typeName;

    public string TypeName { get; }

    public string Value { get; private set; } = "";

    /// <summary>Null for a result that is no such document.</summary>
    public static JoinedText? Of(DbDataReader reader) =>
        reader.FieldCount != 1 || reader.GetFieldType(0) != typeof(string) ? null
        : reader.GetName(0) switch
        {
            JsonName => new JoinedText("json"),
            XmlName => new JoinedText("xml"),
            _ => null,
        };

    public bool Read(DbDataReader reader)
    {
        if (isRead)
        {
            return false;
        }

        isRead = true;
        var text = new StringBuilder();
        var hasRows = false;
        for (; reader.Read(); hasRows = true)
        {
            text.Append(reader.IsDBNull(0) ? "" : reader.GetString(0));
        }

        Value = text.ToString();
        return hasRows;
    }
}
