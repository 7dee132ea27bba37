namespace Billing.Tidy.Tests.Source;

/// <param name="Offset">Where it starts in the text.</param>
/// <param name="Text">With its slashes, one line of a line comment or the whole of a block comment.</param>
internal sealed record Comment(int Offset, string Text);

/// <summary>C# text told apart: what is code, what is comment, what is the inside of a literal.</summary>
internal sealed record MaskedCode(string Code, IReadOnlyList<Comment> Comments)
{
    public static MaskedCode Of(string text)
    {
        var reader = new Reader(text);
        reader.ReadCode(insideHole: false);
        return reader.Result;
    }

    private sealed class Reader(string text)
    {
        private readonly char[] _code = text.ToCharArray();
        private readonly List<Comment> _comments = [];
        private int _at;

        public MaskedCode Result => new(new string(_code), _comments);

        /// <summary>Up to the end, or to the brace that closes the hole of an interpolated string.</summary>
        public void ReadCode(bool insideHole)
        {
            var braces = 0;
            while (_at < text.Length)
            {
                if (Follows("//")) ReadComment(EndOfLine());
                else if (Follows("/*")) ReadComment(EndOfBlock());
                else if (text[_at] == '\'') ReadCharacter();
                else if (text[_at] is '"' or '$' or '@') ReadString();
                else
                {
                    if (insideHole && text[_at] == '{') braces++;
                    if (insideHole && text[_at] == '}' && braces-- == 0) return;
                    _at++;
                }
            }
        }

        private void ReadComment(int end)
        {
            _comments.Add(new Comment(_at, text[_at..end]));
            Fill(end, ' ');
        }

        /// <summary>An apostrophe that starts no literal, as in a directive's text, is passed over.</summary>
        private void ReadCharacter()
        {
            var end = _at + 1;
            while (end < text.Length && text[end] is not ('\'' or '\n')) end += text[end] == '\\' ? 2 : 1;
            if (end >= text.Length || text[end] == '\n')
            {
                _at++;
                return;
            }
            _at++;
            Fill(end, '_');
            _at++;
        }

        /// <summary>Also passes over the sign before a name, as in <c>@event</c>.</summary>
        private void ReadString()
        {
            var start = _at;
            var (dollars, verbatim) = (0, false);
            for (; start < text.Length && text[start] is '$' or '@'; start++)
            {
                if (text[start] == '$') dollars++;
                else verbatim = true;
            }
            var quotes = 0;
            while (start + quotes < text.Length && text[start + quotes] == '"') quotes++;
            if (quotes == 0)
            {
                _at++;
                return;
            }
            var isRaw = quotes >= 3 && !verbatim;
            if (quotes == 2 && !isRaw)
            {
                _at = start + 2;
                return;
            }
            _at = start + (isRaw ? quotes : 1);
            if (isRaw) ReadRaw(quotes, dollars);
            else ReadQuoted(verbatim, isInterpolated: dollars > 0);
        }

        private void ReadQuoted(bool verbatim, bool isInterpolated)
        {
            while (_at < text.Length)
            {
                if (text[_at] == '"' && !(verbatim && Follows("\"\"")))
                {
                    _at++;
                    return;
                }
                var isEscape = verbatim ? Follows("\"\"") : text[_at] == '\\';
                if (isEscape || (isInterpolated && (Follows("{{") || Follows("}}")))) Fill(Math.Min(_at + 2, text.Length), '_');
                else if (isInterpolated && text[_at] == '{') ReadHole(1);
                else Fill(_at + 1, '_');
            }
        }

        private void ReadRaw(int quotes, int dollars)
        {
            var close = new string('"', quotes);
            while (_at < text.Length && !Follows(close))
            {
                var braces = 0;
                while (dollars > 0 && _at + braces < text.Length && text[_at + braces] == '{') braces++;
                if (braces >= dollars && braces > 0)
                {
                    Fill(_at + braces - dollars, '_');
                    ReadHole(dollars);
                }
                else
                {
                    Fill(_at + Math.Max(braces, 1), '_');
                }
            }
            _at = Math.Min(_at + quotes, text.Length);
        }

        private void ReadHole(int braces)
        {
            _at += braces;
            ReadCode(insideHole: true);
            _at = Math.Min(_at + braces, text.Length);
        }

        private void Fill(int end, char with)
        {
            for (; _at < end; _at++)
                if (_code[_at] != '\n') _code[_at] = with;
        }

        private int EndOfLine() => text.IndexOf('\n', _at) is >= 0 and var end ? end : text.Length;

        private int EndOfBlock() => text.IndexOf("*/", _at + 2, StringComparison.Ordinal) is >= 0 and var end ? end + 2 : text.Length;

        private bool Follows(string what) => string.CompareOrdinal(text, _at, what, 0, what.Length) == 0;
    }
}
