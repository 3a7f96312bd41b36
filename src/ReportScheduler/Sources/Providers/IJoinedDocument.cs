using System.Data.Common;

namespace ReportScheduler.Sources.Providers;

/// <summary>One document that the server sends in pieces, a row each.</summary>
internal interface IJoinedDocument
{
    /// <summary>The type name to show.</summary>
    string TypeName { get; }

    /// <summary>The document, when it was read.</summary>
    string Value { get; }

    /// <summary>Reads all of it.</summary>
    /// <returns>False when there is no document, and behind it.</returns>
    bool Read(DbDataReader reader);
}
