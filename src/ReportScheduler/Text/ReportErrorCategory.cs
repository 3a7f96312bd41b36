namespace ReportScheduler;

/// <summary>What kind of thing went wrong. The names are PowerShell's, so that an error record carries the same one.</summary>
public enum ReportErrorCategory
{
    /// <summary>The value given cannot be used.</summary>
    InvalidArgument,

    /// <summary>The text given does not follow its grammar.</summary>
    ParserError,

    /// <summary>The data does not allow it.</summary>
    InvalidData,

    /// <summary>The thing is not in a state that allows it.</summary>
    InvalidOperation,

    /// <summary>Nothing has that name.</summary>
    ObjectNotFound,

    /// <summary>Something has that name already.</summary>
    ResourceExists,

    /// <summary>Somebody else is using it.</summary>
    ResourceBusy,

    /// <summary>A host, port, server or disk is not there.</summary>
    ResourceUnavailable,

    /// <summary>The account may not do that.</summary>
    PermissionDenied,

    /// <summary>A server did not take the credential or the certificate did not hold.</summary>
    AuthenticationError,

    /// <summary>A server could not be reached or hung up.</summary>
    ConnectionError,

    /// <summary>The time allowed for it is over.</summary>
    OperationTimeout,

    /// <summary>It was stopped on request.</summary>
    OperationStopped,

    /// <summary>A file could not be written.</summary>
    WriteError,

    /// <summary>A file could not be read.</summary>
    ReadError,
}
