using System.Text.RegularExpressions;

namespace Billing.Tidy.Tests.Source;

/// <param name="Line">From 1.</param>
internal sealed record DeclaredType(string Name, int Line);

/// <summary>A method, constructor, property, operator or field. An expression body counts as a block does.</summary>
/// <param name="IsField">Its body is a value, such as a table of names, and not a way to go.</param>
internal sealed record DeclaredMember(string Head, int Line, int LineCount, bool IsField);

/// <summary>
/// Types and their members, told by balanced brackets. Attributes count to no member. Local functions and lambdas belong to
/// the member around them.
/// </summary>
internal sealed partial class MemberList
{
    private readonly string _code;
    private readonly List<DeclaredType> _types = [];
    private readonly List<DeclaredMember> _members = [];
    private int _at;

    private MemberList(string code) => _code = code;

    public IReadOnlyList<DeclaredType> Types => _types;

    public IReadOnlyList<DeclaredMember> Members => _members;

    /// <param name="code">Masked code.</param>
    public static MemberList Of(string code)
    {
        var list = new MemberList(code);
        while (list._at < code.Length) list.ReadBody();
        return list;
    }

    private void ReadBody()
    {
        while (_at < _code.Length)
        {
            if (char.IsWhiteSpace(_code[_at]) || _code[_at] == ';') _at++;
            else if (_code[_at] == '[') SkipAttribute();
            else if (_code[_at] == '#') SkipLine();
            else if (_code[_at] == '}')
            {
                _at++;
                return;
            }
            else if (!ReadMember(_at))
            {
                return;
            }
        }
    }

    /// <summary>False where the body around it ended first, as after the last name of an enum.</summary>
    private bool ReadMember(int start)
    {
        var depth = 0;
        int? headEnd = null;
        var isField = false;
        for (_at = start; _at < _code.Length; _at++)
        {
            switch (_code[_at])
            {
                case '(' or '[':
                    depth++;
                    break;
                case ')' or ']':
                    depth--;
                    break;
                case '{' when depth == 0 && headEnd is null && OpensABody(_code[start.._at]):
                    AddType(start, _at);
                    _at++;
                    ReadBody();
                    return true;
                case '{':
                    if (depth == 0) headEnd ??= _at;
                    depth++;
                    break;
                case '}' when depth == 0:
                    _at++;
                    return false;
                case '}':
                    depth--;
                    // A property's first value follows its accessors.
                    if (depth > 0 || _code[headEnd!.Value] != '{' || NextVisible() == '=') break;
                    Add(start, headEnd.Value, isField);
                    return true;
                case '=' when depth == 0 && IsAssignmentOrArrow():
                    isField |= headEnd is null && _code[_at + 1] != '>';
                    if (headEnd is null || _code[headEnd.Value] == '{') headEnd = _at;
                    break;
                case ';' when depth == 0:
                    Add(start, headEnd ?? _at, isField);
                    return true;
            }
        }
        return false;
    }

    private void Add(int start, int headEnd, bool isField)
    {
        if (OpensABody(_code[start..headEnd])) AddType(start, headEnd);
        else _members.Add(new DeclaredMember(
            _code[start..headEnd].Trim(), LineOf(start), _code.AsSpan(start, _at - start).Count('\n') + 1, isField));
        _at++;
    }

    private void AddType(int start, int end)
    {
        var match = TypeHead().Match(_code[start..end]);
        if (match.Groups["name"] is { Success: true } name) _types.Add(new DeclaredType(name.Value, LineOf(start)));
    }

    private static bool OpensABody(string head) => TypeHead().IsMatch(head);

    private bool IsAssignmentOrArrow() =>
        _at + 1 < _code.Length && _code[_at + 1] != '=' && _code[_at - 1] is not ('=' or '!' or '<' or '>');

    private char NextVisible()
    {
        var next = _at + 1;
        while (next < _code.Length && char.IsWhiteSpace(_code[next])) next++;
        return next < _code.Length ? _code[next] : '\0';
    }

    private void SkipAttribute()
    {
        var depth = 0;
        for (; _at < _code.Length; _at++)
        {
            if (_code[_at] == '[') depth++;
            if (_code[_at] == ']' && --depth == 0) break;
        }
        _at++;
    }

    private void SkipLine()
    {
        while (_at < _code.Length && _code[_at] != '\n') _at++;
    }

    private int LineOf(int offset) => SourceFile.LineOf(_code, offset);

    /// <summary>Modifiers, then the word for a type or a namespace; what stands in parentheses is no modifier.</summary>
    [GeneratedRegex(
        @"^[\w\s]*?\b(?:(?:class|interface|enum|record\s+struct|record\s+class|record|struct)\s+(?<name>\w+)|namespace\s+[\w.]+)",
        RegexOptions.ExplicitCapture)]
    private static partial Regex TypeHead();
}
